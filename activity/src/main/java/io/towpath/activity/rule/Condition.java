package io.towpath.activity.rule;

import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** The closed language of {@code rules.<name>.when}; {@link ConditionParser} has its grammar. */
sealed interface Condition {

    boolean holds(Images images);

    /** Every path that the condition reads. */
    Stream<Path> paths();

    /** Whether the condition compares the old row with the new one. */
    boolean comparesRows();

    record And(List<Condition> parts) implements Condition {
        @Override
        public boolean holds(Images images) {
            for (Condition part : parts) {
                if (!part.holds(images)) {
                    return false;
                }
            }
            return true;
        }

        @Override
        public Stream<Path> paths() {
            return parts.stream().flatMap(Condition::paths);
        }

        @Override
        public boolean comparesRows() {
            return parts.stream().anyMatch(Condition::comparesRows);
        }
    }

    record Or(List<Condition> parts) implements Condition {
        @Override
        public boolean holds(Images images) {
            for (Condition part : parts) {
                if (part.holds(images)) {
                    return true;
                }
            }
            return false;
        }

        @Override
        public Stream<Path> paths() {
            return parts.stream().flatMap(Condition::paths);
        }

        @Override
        public boolean comparesRows() {
            return parts.stream().anyMatch(Condition::comparesRows);
        }
    }

    record Not(Condition part) implements Condition {
        @Override
        public boolean holds(Images images) {
            return !part.holds(images);
        }

        @Override
        public Stream<Path> paths() {
            return part.paths();
        }

        @Override
        public boolean comparesRows() {
            return part.comparesRows();
        }
    }

    record Changed(Path path) implements Condition {
        @Override
        public boolean holds(Images images) {
            return images.changed(path.column());
        }

        @Override
        public Stream<Path> paths() {
            return Stream.of(path);
        }

        @Override
        public boolean comparesRows() {
            return true;
        }
    }

    /** One of the texts; {@code c = 'x'} is a set of one. */
    record In(Path path, Set<String> texts) implements Condition {
        @Override
        public boolean holds(Images images) {
            String text = path.text(images);
            return text != null && texts.contains(text);
        }

        @Override
        public Stream<Path> paths() {
            return Stream.of(path);
        }

        @Override
        public boolean comparesRows() {
            return false;
        }
    }

    /** There and not NULL. */
    record Exists(Path path) implements Condition {
        @Override
        public boolean holds(Images images) {
            return path.text(images) != null;
        }

        @Override
        public Stream<Path> paths() {
            return Stream.of(path);
        }

        @Override
        public boolean comparesRows() {
            return false;
        }
    }
}
