package io.towpath.migration.journal;

/** Another run of the same migration has taken the journal over: this one must not do anything more. */
public final class Superseded extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public Superseded(String migration, Throwable cause) {
        super(
                "another run of " + migration + " has taken over; this one stops here and has done nothing since."
                        + " towpath status says where it stands",
                cause);
    }
}
