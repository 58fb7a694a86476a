package io.towpath.dist.runbook;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The blocks of a page in {@code docs/runbooks}, in order. */
record Runbook(String name, List<Block> blocks) {

    static Runbook read(Path folder, String name) {
        List<String> lines;
        try {
            lines = Files.readAllLines(folder.resolve(name + ".md"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        List<Block> blocks = new ArrayList<>();
        for (int i = 0; i < lines.size(); i++) {
            String line = lines.get(i);
            if (line.startsWith("<!-- build: ")) {
                blocks.add(new Block("build", line.substring(12, line.indexOf(" -->")), name, i + 1));
            } else if (line.startsWith("```")) {
                int end = closing(lines, i);
                blocks.add(new Block(
                        line.substring(3).strip(), String.join("\n", lines.subList(i + 1, end)), name, i + 1));
                i = end;
            }
        }
        return new Runbook(name, List.copyOf(blocks));
    }

    private static int closing(List<String> lines, int open) {
        for (int i = open + 1; i < lines.size(); i++) {
            if (lines.get(i).equals("```")) {
                return i;
            }
        }
        throw new IllegalStateException("the block in line " + (open + 1) + " is not closed");
    }
}
