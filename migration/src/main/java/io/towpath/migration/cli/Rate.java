package io.towpath.migration.cli;

import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** {@code 20MB/s}: bytes per second, by thousands. */
final class Rate implements ITypeConverter<Double> {

    private static final Pattern FORM = Pattern.compile("(\\d+(?:\\.\\d+)?)\\s*([kMG]?)B/s");

    @Override
    public Double convert(String text) {
        Matcher form = FORM.matcher(text.strip());
        double number = form.matches() ? Double.parseDouble(form.group(1)) : 0;
        if (number <= 0) {
            throw new TypeConversionException("'" + text + "' given; wanted: a rate such as 20MB/s");
        }
        return number
                * switch (form.group(2).toUpperCase(Locale.ROOT)) {
                    case "K" -> 1e3;
                    case "M" -> 1e6;
                    case "G" -> 1e9;
                    default -> 1;
                };
    }
}
