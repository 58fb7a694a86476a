package io.towpath.bench.capture;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What a worker's process takes of the machine. */
final class Usage {

    private static final Pattern USED = Pattern.compile("used (\\d+)K");
    private static final Pattern PEAK = Pattern.compile("VmHWM:\\s+(\\d+) kB");

    private final long pid;

    Usage(long pid) {
        this.pid = pid;
    }

    Duration cpu() {
        return ProcessHandle.of(pid)
                .flatMap(process -> process.info().totalCpuDuration())
                .orElseThrow();
    }

    /** What is left after a full collection. */
    long liveHeapMegabytes() throws IOException, InterruptedException {
        jcmd("GC.run");
        return first(USED, jcmd("GC.heap_info")) / 1024;
    }

    long peakMegabytes() throws IOException {
        return first(PEAK, Files.readString(Path.of("/proc/" + pid + "/status"))) / 1024;
    }

    /** The sum over the young and the old generation. */
    private static long first(Pattern pattern, String text) {
        long sum = 0;
        Matcher matcher = pattern.matcher(text.split("Metaspace", 2)[0]);
        while (matcher.find()) {
            sum += Long.parseLong(matcher.group(1));
        }
        return sum;
    }

    private String jcmd(String command) throws IOException, InterruptedException {
        Path jcmd = Path.of(System.getProperty("java.home"), "bin", "jcmd");
        Process process = new ProcessBuilder(jcmd.toString(), Long.toString(pid), command)
                .redirectErrorStream(true)
                .start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        process.waitFor();
        return output;
    }
}
