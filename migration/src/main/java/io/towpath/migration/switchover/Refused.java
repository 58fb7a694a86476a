package io.towpath.migration.switchover;

import java.util.List;

/** A check of the switch found something; nothing is switched. Exit code 2. */
public final class Refused extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public Refused(String message) {
        super(message);
    }

    /** The first few of {@code reasons}, after {@code what}. */
    public Refused(String what, List<String> reasons) {
        this(what + ": " + String.join("; ", reasons.subList(0, Math.min(5, reasons.size())))
                + (reasons.size() > 5 ? "; and " + (reasons.size() - 5) + " more" : ""));
    }
}
