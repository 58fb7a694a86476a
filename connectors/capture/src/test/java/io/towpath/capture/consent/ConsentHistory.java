package io.towpath.capture.consent;

import io.towpath.capture.consent.ConsentLedger.Entry;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** A log of transactions in which actors say what they allow and do things, and what a reader must decide on each deed. */
final class ConsentHistory {

    private static final int ACTORS = 4;
    private static final List<Verdict> SAID = List.of(Verdict.ALLOWED, Verdict.DENIED, Verdict.WITHDRAWN);
    private static final List<String> CATEGORIES = List.of("activity", "ads");

    /** One event; a deed has no verdict. */
    record Event(String actor, String category, Verdict verdict) {
        String subject() {
            return actor + "/" + category;
        }
    }

    record Transaction(long end, List<Event> events) {}

    final List<Transaction> transactions = new ArrayList<>();

    static ConsentHistory random(Random random, int size) {
        ConsentHistory history = new ConsentHistory();
        long position = 100;
        for (int i = 0; i < size; i++) {
            position += 1 + random.nextInt(5);
            List<Event> events = new ArrayList<>();
            for (int n = random.nextInt(5); n >= 0; n--) {
                boolean deed = random.nextInt(3) > 0;
                events.add(new Event(
                        "a" + random.nextInt(ACTORS),
                        CATEGORIES.get(random.nextInt(CATEGORIES.size())),
                        deed ? null : SAID.get(random.nextInt(SAID.size()))));
            }
            history.transactions.add(new Transaction(position, events));
        }
        return history;
    }

    /** By the whole log: for each deed of transaction {@code number}, the last verdict before it; null for none. */
    List<Verdict> truth(int number) {
        Map<String, Verdict> last = new HashMap<>();
        List<Verdict> truth = new ArrayList<>();
        for (int i = 0; i <= number; i++) {
            for (Event event : transactions.get(i).events()) {
                if (event.verdict() != null) {
                    last.put(event.subject(), event.verdict());
                } else if (i == number) {
                    truth.add(last.get(event.subject()));
                }
            }
        }
        return truth;
    }

    /** Lets {@code ledger} read transaction {@code number}; its decisions on the deeds, and what it wants stored. */
    List<Decision> read(ConsentLedger ledger, int number, Map<String, Entry> store) {
        Transaction transaction = transactions.get(number);
        List<Decision> decisions = new ArrayList<>();
        ledger.begin(behind(number));
        for (Event event : transaction.events()) {
            List<ActorName> names = List.of(new ActorName(null, event.actor()));
            if (event.verdict() == null) {
                decisions.add(ledger.decide(names, event.category()));
            } else {
                ledger.say(names, event.category(), event.verdict(), null);
            }
        }
        ledger.end(transaction.end()).forEach(entry -> store.put(entry.name().text(), entry));
        return decisions;
    }

    /** Where transaction {@code number} is read from: behind the one before. */
    long behind(int number) {
        return number == 0 ? 0 : transactions.get(number - 1).end();
    }
}
