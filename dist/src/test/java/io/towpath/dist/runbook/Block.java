package io.towpath.dist.runbook;

import java.util.List;

/**
 * One thing in a runbook that is done or looked at.
 *
 * @param kind {@code sh}, {@code sql}, {@code properties}, {@code text}, or {@code build}: what stands for an accident or
 *     for other people's work, in a comment that readers do not see
 * @param line where it stands, from 1
 */
record Block(String kind, String text, String page, int line) {

    /** For a failure's message. */
    String place() {
        return page + ":" + line;
    }

    /** Nothing but names that the reader replaces by their own. */
    boolean names() {
        return kind.equals("sh") && text.lines().allMatch(line -> line.startsWith("export ") && line.contains("="));
    }

    /** The names in such a block. */
    List<String> exported() {
        return text.lines()
                .map(line -> line.substring("export ".length(), line.indexOf('=')))
                .toList();
    }
}
