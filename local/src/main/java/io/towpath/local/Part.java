package io.towpath.local;

/** A part that a test needs and a machine may lack: a container engine, a MySQL, promtool. */
public final class Part {

    private Part() {}

    /**
     * Returns {@code isHere}; where it is not, says on the console what is not tested: a test framework only counts it.
     *
     * @param otherwise which part is missing, and what is not tried for it
     */
    public static boolean isHereOrTold(boolean isHere, String otherwise) {
        if (!isHere) {
            System.out.println("SKIPPED: " + otherwise);
        }
        return isHere;
    }
}
