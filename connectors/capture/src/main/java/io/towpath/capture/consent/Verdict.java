package io.towpath.capture.consent;

/** What an actor's last word on a category was. */
enum Verdict {
    ALLOWED(0),
    DENIED(1),
    /** The actor's row was deleted: nothing is said any more. */
    WITHDRAWN(2),
    /** Something was said, and what it was is no longer kept. */
    FORGOTTEN(3);

    /** How many bits a {@link #code} has. */
    static final int BITS = 2;

    private static final Verdict[] BY_CODE = {ALLOWED, DENIED, WITHDRAWN, FORGOTTEN};

    private final int code;

    Verdict(int code) {
        this.code = code;
    }

    int code() {
        return code;
    }

    /** The verdict whose code stands in the lowest {@link #BITS} of {@code bits}. */
    static Verdict of(long bits) {
        return BY_CODE[(int) (bits & 3)];
    }
}
