package io.towpath.migration.flow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;

class SharesTest {

    @Test
    void aTaskThatReadsFromThreeBrokersGetsAThirdOfItsShareOnEach() {
        assertThat(Shares.of(12, Map.of(0, partitions(0, 1, 2), 1, partitions(3, 4, 5)), leaders(1, 2, 3, 1, 1, 1))
                        .quotas())
                .isEqualTo(Map.of(0, 2.0, 1, 6.0));
    }

    @Test
    void aTaskWithNothingToReadHasNoShare() {
        assertThat(Shares.of(12, Map.of(0, partitions(0), 1, List.of()), leaders(1))
                        .quotas())
                .isEqualTo(Map.of(0, 12.0));
    }

    @Test
    void theSharesOfAnyFlowSumUpToTheWish() {
        long seed = 20260103;
        Random random = new Random(seed);
        for (int round = 0; round < 200; round++) {
            int size = 1 + random.nextInt(40);
            int brokers = 1 + random.nextInt(9);
            int[] of =
                    IntStream.range(0, size).map(i -> random.nextInt(brokers)).toArray();
            Map<Integer, List<TopicPartition>> tasks = new HashMap<>();
            int number = 1 + random.nextInt(8);
            for (int task = 0; task < number; task++) {
                int own = task;
                tasks.put(
                        task,
                        partitions(IntStream.range(0, size)
                                .filter(p -> p % number == own)
                                .toArray()));
            }
            assertSharesSumUp(Shares.of(1e6, tasks, leaders(of)), tasks, leaders(of), seed);
        }
    }

    private static void assertSharesSumUp(
            Shares shares, Map<Integer, List<TopicPartition>> tasks, Map<TopicPartition, Integer> leaders, long seed) {
        double sum = shares.quotas().entrySet().stream()
                .mapToDouble(share -> share.getValue()
                        * tasks.get(share.getKey()).stream()
                                .map(leaders::get)
                                .distinct()
                                .count())
                .sum();
        assertThat(sum).as("seed %d", seed).isCloseTo(1e6, within(1e-3));
    }

    private static List<TopicPartition> partitions(int... numbers) {
        return IntStream.of(numbers).mapToObj(p -> new TopicPartition("t", p)).toList();
    }

    private static Map<TopicPartition, Integer> leaders(int... brokers) {
        Map<TopicPartition, Integer> leaders = new HashMap<>();
        for (int partition = 0; partition < brokers.length; partition++) {
            leaders.put(new TopicPartition("t", partition), brokers[partition]);
        }
        return leaders;
    }
}
