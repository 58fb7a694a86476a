package io.towpath.migration.journal;

/** A journal that is only looked at: for saying what would be done. */
public record StandingOnly(Standing standing) implements Journal {

    @Override
    public void write(Standing next) {
        throw new JournalFailure("this run only looks");
    }

    @Override
    public void held() {
        throw new JournalFailure("this run only looks");
    }

    @Override
    public void close() {}
}
