package io.towpath.demo.soak;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.StringReader;
import java.util.List;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.xml.sax.InputSource;

class PictureTest {

    @Test
    void eachSeriesIsALineInItsPanelAndWhatHappenedIsMarkedInAll() throws Exception {
        Readings readings = new Readings(List.of("rate", "heap <MB>"));
        for (int i = 0; i <= 10; i++) {
            readings.add("rate", "told", i);
            readings.add("heap <MB>", "dc1", 100.5);
            readings.add("heap <MB>", "dc2", -1.0);
        }
        readings.mark("dc1 & all killed");

        Document svg = parsed(Picture.of(readings, "2 minutes"));

        assertThat(svg.getElementsByTagName("polyline").getLength()).isEqualTo(3);
        assertThat(svg.getElementsByTagName("line").getLength()).isEqualTo(2);
        assertThat(svg.getElementsByTagName("title").item(0).getTextContent()).isEqualTo("dc1 & all killed");
        Element first = (Element) svg.getElementsByTagName("polyline").item(0);
        assertThat(first.getAttribute("points"))
                .matches("( ?[\\d.]+,[\\d.]+){11}")
                .endsWith(",50.0");
        assertThat(svg.getDocumentElement().getTextContent()).contains("2 minutes", "heap <MB>", "told", "0 min");
    }

    @Test
    void nothingSeenIsAnEmptyPicture() throws Exception {
        Document svg = parsed(Picture.of(new Readings(List.of("rate")), "nothing"));
        assertThat(svg.getElementsByTagName("polyline").getLength()).isZero();
    }

    private static Document parsed(String svg) throws Exception {
        return DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(new InputSource(new StringReader(svg)));
    }
}
