package io.towpath.mm2.lint;

/** One finding: the rule, the key to change, and what was given against what is wanted. */
public record Hit(String flow, String rule, String key, String message) {

    @Override
    public String toString() {
        return flow + ": " + rule + ": " + key + ": " + message;
    }
}
