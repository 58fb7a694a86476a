package io.towpath.migration.proof;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Keys beyond the limit go to disk, and come back as they were. */
class KeyHistoryTest {

    private static final int KEYS = 5000;

    @Test
    void whatWentToDiskSaysWhatMemoryWouldAndLeavesNoFile(@TempDir Path folder) throws IOException {
        assertThat(answers(new KeyHistory(new Spill(Integer.MAX_VALUE, folder)), folder, false))
                .isEqualTo(answers(new KeyHistory(new Spill(100, folder)), folder, true));
        assertThat(files(folder)).isZero();
    }

    private static List<String> answers(KeyHistory history, Path folder, boolean spilled) throws IOException {
        Random random = new Random(5);
        for (int i = 0; i < 20_000; i++) {
            int key = 1 + random.nextInt(KEYS);
            Entry entry = new Entry(i, key, i, key, i, 0, i, random.nextInt(9) == 0);
            if (random.nextInt(7) == 0) {
                history.loose(entry, random.nextBoolean(), i);
            } else {
                history.latest(entry, random.nextBoolean());
            }
        }
        assertThat(files(folder) > 0).isEqualTo(spilled);
        List<String> answers = new ArrayList<>();
        history.drain(key -> answers.add(key.latest(true) + " " + key.deleted(true) + " " + key.latest(false) + " "
                + key.deleted(false) + " " + key.loose));
        answers.sort(String::compareTo);
        assertThat(answers).hasSizeGreaterThan(KEYS / 2);
        return answers;
    }

    private static long files(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.count();
        }
    }
}
