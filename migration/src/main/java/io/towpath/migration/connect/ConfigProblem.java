package io.towpath.migration.connect;

/** One mistake in a connector's configuration, on the key to change. */
public record ConfigProblem(String key, String message) {

    @Override
    public String toString() {
        return key + ": " + message;
    }
}
