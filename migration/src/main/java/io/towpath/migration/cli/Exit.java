package io.towpath.migration.cli;

/** The exit codes. They are interface: runbooks and jobs branch on them. */
public final class Exit {

    public static final int DONE = 0;
    public static final int BAD_INPUT = 1;
    public static final int DIFFER = 2;
    public static final int STOPPED = 3;

    private Exit() {}
}
