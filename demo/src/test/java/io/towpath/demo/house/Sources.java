package io.towpath.demo.house;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** The files of this checkout: what is committed, or would be. */
final class Sources {

    static final Path HOME = Path.of(System.getProperty("towpath.home"));

    /** One line of a file, as a failure names it. */
    record Line(Path file, int number, String text) {
        @Override
        public String toString() {
            return HOME.relativize(file) + ":" + number + ": " + text.strip();
        }
    }

    private Sources() {}

    /** Every file that git knows or would take in; all but build output where there is no git. */
    static List<Path> all() {
        return Files.exists(HOME.resolve(".git")) ? listedByGit() : walked();
    }

    static List<Path> java(String folder) {
        return all().stream()
                .filter(file -> file.toString().endsWith(".java"))
                .filter(file -> file.toString().contains("/" + folder + "/"))
                .toList();
    }

    static Stream<Line> lines(Path file) {
        try {
            List<String> lines = Files.readAllLines(file, StandardCharsets.UTF_8);
            return Stream.iterate(0, n -> n < lines.size(), n -> n + 1).map(n -> new Line(file, n + 1, lines.get(n)));
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + file, e);
        }
    }

    private static List<Path> listedByGit() {
        try {
            Process git = new ProcessBuilder("git", "ls-files", "--cached", "--others", "--exclude-standard")
                    .directory(HOME.toFile())
                    .start();
            try (BufferedReader names =
                    new BufferedReader(new InputStreamReader(git.getInputStream(), StandardCharsets.UTF_8))) {
                return names.lines()
                        .map(HOME::resolve)
                        .filter(Files::isRegularFile)
                        .sorted()
                        .toList();
            }
        } catch (IOException e) {
            throw new UncheckedIOException("cannot run git", e);
        }
    }

    private static List<Path> walked() {
        try (Stream<Path> files = Files.walk(HOME)) {
            return files.filter(Files::isRegularFile)
                    .filter(file -> HOME.relativize(file).toString().matches("(?!.*(^|/)(target|\\.towpath)/).*"))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot list " + HOME, e);
        }
    }
}
