package io.towpath.bench;

import io.towpath.bench.capture.CaptureBench;
import io.towpath.bench.migration.CutoverBench;
import io.towpath.bench.migration.MirrorBench;
import io.towpath.bench.migration.VerifyBench;
import io.towpath.bench.sink.JdbcSinkBench;
import io.towpath.bench.sink.StatementsBench;
import io.towpath.bench.transforms.TransformsReport;
import java.io.PrintStream;
import java.util.List;

/** {@code towpath bench NAME}: runs a benchmark, prints its figures and whether the bounds hold. Exit 0, 1, 2 as ever. */
public final class Bench {

    private static final int BAD_INPUT = 1;

    private Bench() {}

    public static void main(String[] args) throws Exception {
        System.exit(run(List.of(args), System.out, System.err));
    }

    private static int run(List<String> args, PrintStream out, PrintStream err) throws Exception {
        if (args.equals(List.of("transforms"))) {
            return new TransformsReport(out).run();
        }
        if (!args.isEmpty() && args.get(0).equals("verify")) {
            return new VerifyBench(out, args.subList(1, args.size())).run();
        }
        if (!args.isEmpty() && args.get(0).equals("cutover")) {
            return new CutoverBench(out, args.subList(1, args.size())).run();
        }
        if (!args.isEmpty() && args.get(0).equals("mirror")) {
            return new MirrorBench(out, args.subList(1, args.size())).run();
        }
        if (!args.isEmpty() && args.get(0).equals("jdbc-sink")) {
            return new JdbcSinkBench(out, args.subList(1, args.size())).run();
        }
        if (!args.isEmpty() && args.get(0).equals("jdbc-statements")) {
            return new StatementsBench(out, args.subList(1, args.size())).run();
        }
        if (!args.isEmpty() && args.get(0).equals("capture")) {
            return new CaptureBench(out, args.subList(1, args.size())).run();
        }
        err.println("usage: towpath bench transforms | verify [RECORDS [PARTITIONS]] | mirror [RECORDS]"
                + " | cutover [RECORDS] | jdbc-sink [RECORDS [TASKS]] | jdbc-statements [ROWS] | capture [CHANGES]");
        return BAD_INPUT;
    }
}
