package io.towpath.local;

/** What the servers' JVMs are good at. */
public enum Tuning {

    /** Up in half the processor time, slower for good: for tests and demonstrations, which last seconds. */
    QUICK_START("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", 384),

    /** All compilers and the collector that loses least time on few cores: for benchmarks. */
    THROUGHPUT("-XX:+TieredCompilation", "-XX:+UseParallelGC", 1024);

    private final String compiler;
    private final String collector;
    private final int brokerHeapMegabytes;

    Tuning(String compiler, String collector, int brokerHeapMegabytes) {
        this.compiler = compiler;
        this.collector = collector;
        this.brokerHeapMegabytes = brokerHeapMegabytes;
    }

    /** The JVM option that chooses the compilers of every Java server. */
    public String compiler() {
        return compiler;
    }

    /** The JVM option that chooses their garbage collector. */
    public String collector() {
        return collector;
    }

    public int brokerHeapMegabytes() {
        return brokerHeapMegabytes;
    }
}
