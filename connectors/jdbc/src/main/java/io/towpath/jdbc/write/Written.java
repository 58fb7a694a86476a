package io.towpath.jdbc.write;

/** What one batch came to. */
public record Written(int rows, int refused) {
    static final Written NOTHING = new Written(0, 0);
}
