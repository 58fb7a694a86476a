package io.towpath.demo.story;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Looks for what must stand nowhere: the passwords of a run, and what its customers are called and where they are. */
final class Leaks {

    /** As the workload makes them: an address in a network other than the network itself, which may be told. */
    private static final Map<String, String> PERSONAL = Map.of(
            "an e-mail address", "\\b\\d+@example\\.(com|org)",
            "a name", "\\bCustomer \\d+",
            "an IP address", "\\b10\\.0\\.0\\.(?!0\\b)\\d{1,3}\\b");

    private final Map<String, Pattern> wanted = new LinkedHashMap<>();
    private final List<String> found = new ArrayList<>();

    /** @param secrets passwords by what they are of */
    Leaks(Map<String, String> secrets) {
        PERSONAL.forEach((what, pattern) -> wanted.put(what, Pattern.compile(pattern)));
        secrets.forEach(
                (what, secret) -> wanted.put("the password of " + what, Pattern.compile(Pattern.quote(secret))));
    }

    /** Every line {@code key=value} of these files of secrets, by file and key. */
    static Map<String, String> secrets(List<Path> files) throws IOException {
        Map<String, String> secrets = new LinkedHashMap<>();
        for (Path file : files) {
            for (String line : Files.readAllLines(file)) {
                int split = line.indexOf('=');
                String where = file.getParent().getFileName() + "/" + file.getFileName();
                secrets.put(where + " " + line.substring(0, split), line.substring(split + 1));
            }
        }
        return secrets;
    }

    /** What of all that is wanted stands in this text; where is remembered as well, without the value. */
    List<String> search(String where, String text) {
        List<String> here = wanted.entrySet().stream()
                .filter(entry -> entry.getValue().matcher(text).find())
                .map(entry -> entry.getKey() + " in " + where)
                .toList();
        found.addAll(here);
        return here;
    }

    /** How often a kind of personal value stands in a text. */
    static long personal(String what, String text) {
        Matcher matcher = Pattern.compile(PERSONAL.get(what)).matcher(text);
        return matcher.results().count();
    }

    /** Searches every file below the folder but those in {@code except}. Returns how many were searched. */
    int searchFiles(Path folder, List<Path> except) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            List<Path> all = files.filter(Files::isRegularFile)
                    .filter(file -> except.stream().noneMatch(file::startsWith))
                    .toList();
            all.forEach(file -> search("file " + folder.relativize(file), read(file)));
            return all.size();
        }
    }

    private static String read(Path file) {
        try {
            return Files.readString(file, ISO_8859_1);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + file, e);
        }
    }

    /** Everything found so far: what, and where. */
    List<String> found() {
        return found;
    }
}
