package io.towpath.migration.plan;

import java.util.List;

/**
 * What two clusters and an intention come to.
 *
 * @param topics that move, named one by one
 * @param changes of the target, in the order in which they are safe to make; conflicts and drift are among them
 * @param remarks what the operator should know and nobody will change
 * @param movers who must move, as the source knows them
 * @param reissue users whose secrets must be made anew
 * @param notAsked what a cluster could not be asked, and why
 */
public record Plan(
        String name,
        List<Topic> topics,
        List<Change> changes,
        List<String> remarks,
        List<Mover> movers,
        List<String> reissue,
        List<String> notAsked,
        Capacity capacity) {

    /** {@code kind}: group, streams application, transactional id, producers, connector. {@code about}: what is known. */
    public record Mover(String kind, String name, String about) {}

    public Plan {
        topics = List.copyOf(topics);
        changes = List.copyOf(changes);
        remarks = List.copyOf(remarks);
        movers = List.copyOf(movers);
        reissue = List.copyOf(reissue);
        notAsked = List.copyOf(notAsked);
    }

    public List<Change> conflicts() {
        return changes.stream().filter(Change.Conflict.class::isInstance).toList();
    }

    public List<Change> drift() {
        return changes.stream().filter(Change.Drift.class::isInstance).toList();
    }

    /** What {@code --apply} makes, in order. */
    public List<Change> applicable() {
        return changes.stream()
                .filter(change -> !(change instanceof Change.Conflict) && !(change instanceof Change.Drift))
                .toList();
    }
}
