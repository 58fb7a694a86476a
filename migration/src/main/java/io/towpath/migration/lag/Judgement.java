package io.towpath.migration.lag;

import java.util.List;

/**
 * What a window of looks says of a partition. Follows Burrow's rules for evaluating lag: the movement of offsets decides,
 * no threshold does (LinkedIn Burrow, "Consumer lag evaluation rules"). Burrow sees how old a commit is; we see whether
 * anybody is assigned the partition, which tells a stopped group from a stuck one sooner.
 */
public enum Judgement {
    /** Nothing is left, or the group is not falling behind. */
    OK("keeps up"),
    /** It commits, and yet the lag was larger at every look. */
    WARN("falls behind: it commits, and its lag grows at every look"),
    /** A member owns the partition and has not committed since the window began, with records waiting. */
    STALLED("is stuck: a member owns the partition and commits nothing"),
    /** Nobody owns the partition, and records wait. */
    STOPPED("is stopped: no member owns the partition");

    private final String words;

    Judgement(String words) {
        this.words = words;
    }

    public String words() {
        return words;
    }

    /** Whether somebody should be woken. */
    public boolean bad() {
        return this == STALLED || this == STOPPED;
    }

    /** Judges looks in the order in which they were taken; one look alone cannot tell stuck from slow and is OK. */
    public static Judgement of(List<Look> window) {
        Look first = window.get(0);
        Look last = window.get(window.size() - 1);
        if (window.stream().anyMatch(look -> look.lag() == 0)) {
            return OK;
        }
        if (window.size() < 2) {
            return OK;
        }
        if (last.committed() == first.committed()) {
            return last.owned() ? STALLED : STOPPED;
        }
        return grows(window) ? WARN : OK;
    }

    private static boolean grows(List<Look> window) {
        for (int i = 1; i < window.size(); i++) {
            if (window.get(i).lag() <= window.get(i - 1).lag()) {
                return false;
            }
        }
        return true;
    }
}
