package io.towpath.local;

/** What the servers' JVMs are good at. */
public enum Tuning {

    /** Up in half the processor time, slower for good: for tests and demonstrations, which last seconds. */
    QUICK_START("-XX:TieredStopAtLevel=1", 384),

    /** As in production: for benchmarks. */
    THROUGHPUT("-XX:+TieredCompilation", 1024);

    private final String compiler;
    private final int brokerHeapMegabytes;

    Tuning(String compiler, int brokerHeapMegabytes) {
        this.compiler = compiler;
        this.brokerHeapMegabytes = brokerHeapMegabytes;
    }

    /** The JVM option that chooses the compilers of every Java server. */
    public String compiler() {
        return compiler;
    }

    public int brokerHeapMegabytes() {
        return brokerHeapMegabytes;
    }
}
