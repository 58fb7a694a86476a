package io.towpath.demo.docs;

import static org.assertj.core.api.Assertions.assertThat;

import io.towpath.demo.docs.Sentences.Sentence;
import org.junit.jupiter.api.Test;

class SentencesTest {

    @Test
    void whatIsOnlyKnownThenIsLeftOpenAndWhatIsSaidStands() {
        assertThat(Sentences.in(
                        "throw new BadInput(file + \": no such file; wanted: \" + x.y(1, \"a b\") + \" (1)\", e);"))
                .containsExactly(new Sentence("BadInput", "…: no such file; wanted: … (1)"));
    }

    @Test
    void eachWayThatASentenceMayGoOnIsTold() {
        assertThat(Sentences.in("new Refused(a ? \"one way\" : \"the \" + other + \" way\");"))
                .containsExactly(new Sentence("Refused", "one way"), new Sentence("Refused", "the … way"));
    }

    @Test
    void aMistakeThatIsPutOnAKeyIsTold() {
        assertThat(Sentences.in(
                        "mistakes.put(key, \"given \" + length + \" bytes, wanted: more\"); log(\"some words\");"))
                .containsExactly(new Sentence("", "given … bytes, wanted: more"));
    }

    @Test
    void whatAnExceptionOfOursSaysOfItselfIsTold() {
        assertThat(Sentences.in("final class Late extends RuntimeException { Late(int n) { super(\"it is \" + n); } }"))
                .containsExactly(new Sentence("Late", "it is …"));
    }

    @Test
    void whatADangerSaysOfItselfIsTold() {
        assertThat(Sentences.in(
                        "interface Danger { record Gone(String t) implements Danger { public String toString() {"
                                + " return t + \": it is gone\"; } } }"))
                .containsExactly(new Sentence(Sentences.DANGER, "…: it is gone"));
    }

    @Test
    void commentsAndFormatsAreRead() {
        assertThat(Sentences.in(
                        "// new BadInput(\"in a comment\")\nnew BadInput(String.format(\"%s is \\\"no\\\" way\", x));"))
                .containsExactly(new Sentence("BadInput", "… is \"no\" way"));
    }
}
