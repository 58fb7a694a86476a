package io.towpath.demo.stack;

import java.io.IOException;
import java.nio.file.Path;

/** A process that holds the claim on a folder until its standard input ends. */
final class ClaimHolder {

    private ClaimHolder() {}

    public static void main(String[] args) throws IOException {
        try (Claim claim = Claim.take(new Place(Path.of(args[0])))) {
            System.out.println(claim == null ? "nothing" : "held");
            while (System.in.read() >= 0) {
                // until the end
            }
        }
    }
}
