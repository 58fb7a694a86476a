package io.towpath.capture.consent;

/** Why an activity is kept or dropped; each has its counter. */
public enum Reason {
    ALLOWED("consent-allowed", "activities kept: their actor has allowed it", true),
    ALLOWED_BY_DEFAULT(
            "consent-allowed-by-default", "activities kept: nothing is known, and the default is allow", true),
    OPTED_OUT("consent-dropped-opted-out", "activities dropped: their actor has opted out", false),
    UNKNOWN("consent-dropped-unknown", "activities dropped: their actor has said nothing", false),
    NO_ACTOR("consent-dropped-no-actor", "activities dropped: they have no actor to ask", false),
    FORGOTTEN("consent-dropped-forgotten", "activities dropped: what held so far back is no longer kept", false);

    private final String metric;
    private final String description;
    private final boolean kept;

    Reason(String metric, String description, boolean kept) {
        this.metric = metric;
        this.description = description;
        this.kept = kept;
    }

    public String metric() {
        return metric;
    }

    public String description() {
        return description;
    }

    boolean kept() {
        return kept;
    }
}
