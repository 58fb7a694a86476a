package io.towpath.migration.proof;

/**
 * What a log's batches say of the offsets at which a reader finds no record: how many of each place are which. Within a
 * place they are laid at its end.
 *
 * @param never held by markers of transactions and by aborted records: nobody could ever read a record there
 * @param untold nothing is left there, and either a record or a marker was
 */
public record Vacancies(Ranges never, Ranges untold) {

    /** Of a log that never saw a transaction: compaction alone leaves offsets empty. */
    public static Vacancies compactionAlone() {
        return new Vacancies(new Ranges(), new Ranges());
    }

    /** Of a log whose batches could not be looked at. */
    public static Vacancies unseen() {
        Ranges all = new Ranges();
        all.add(0, Long.MAX_VALUE);
        return new Vacancies(new Ranges(), all);
    }
}
