package io.towpath.migration.proof;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What a second look must find out about one partition: of the source, which suspects it holds by now, to tell duplicates
 * from foreign records and lost ones from those that it has compacted away itself; of both logs, what they hold beyond the
 * comparison, because a record may be gone for the sake of a later one there. The target is to be read before the source.
 */
public final class Inquiry {

    private final PartitionProof proof;
    private final List<Suspect> suspects;
    private final Search source;
    private final Search target;

    public Inquiry(PartitionProof proof, List<Suspect> suspects) {
        this.proof = proof;
        this.suspects = List.copyOf(suspects);
        this.source = new Search(proof.bounds().sourceStart(), proof.rest().source());
        this.target = new Search(proof.rest().target(), proof.rest().target());
        for (Suspect suspect : suspects) {
            source.lookForOriginal(suspect);
            if (suspect.mayBeCompacted()) {
                lacking(suspect).lookForLater(suspect);
            }
        }
    }

    public Search source() {
        return source;
    }

    public Search target() {
        return target;
    }

    /** Names what was found, after both were read. */
    public void settle() {
        Map<Suspect, Suspect.Answer> answers = new LinkedHashMap<>();
        for (Suspect suspect : suspects) {
            answers.put(
                    suspect,
                    new Suspect.Answer(
                            source.original(suspect), lacking(suspect).later(suspect)));
        }
        proof.settle(answers);
    }

    private Search lacking(Suspect suspect) {
        return suspect.ofSource() ? target : source;
    }
}
