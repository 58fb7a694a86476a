package io.towpath.migration.proof;

/** Names the difference between two records that stand for one another. */
final class Alike {

    private Alike() {}

    static Kind kind(Entry source, Entry target) {
        if (!source.sameBody(target)) {
            return Kind.ALTERED;
        }
        if (source.timestamp() == target.timestamp()) {
            return Kind.HEADER_ONLY;
        }
        return source.headers() == target.headers() ? Kind.TIMESTAMP_ONLY : Kind.ALTERED;
    }
}
