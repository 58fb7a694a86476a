package io.towpath.migration.lag;

/**
 * The judgement on one partition of one group.
 *
 * @param committed next offset that the group has committed
 * @param offsets offsets from there to the last stable offset
 */
public record Lag(Place place, long committed, long offsets, Judgement judgement) {

    Lag judged(Judgement other) {
        return new Lag(place, committed, offsets, other);
    }
}
