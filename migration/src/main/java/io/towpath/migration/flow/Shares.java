package io.towpath.migration.flow;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.apache.kafka.common.TopicPartition;

/**
 * Divides a wished rate among the tasks of a flow. A quota of Kafka holds per broker and client id, and every task has a
 * client id of its own: a task that reads from three brokers gets three times its quota.
 *
 * <p>Always: the quotas, each times the number of brokers that its task reads from, sum up to the wish.
 */
record Shares(Map<Integer, Double> quotas) {

    /**
     * Shares for tasks with something to read.
     *
     * @param bytesPerSecond the wish, over all tasks and brokers
     * @param tasks partitions of each task
     * @param leaders broker of each partition
     */
    static Shares of(
            double bytesPerSecond, Map<Integer, List<TopicPartition>> tasks, Map<TopicPartition, Integer> leaders) {
        Map<Integer, Integer> brokers = new HashMap<>();
        tasks.forEach((task, partitions) -> {
            Set<Integer> of = partitions.stream()
                    .filter(leaders::containsKey)
                    .map(leaders::get)
                    .collect(Collectors.toSet());
            if (!of.isEmpty()) {
                brokers.put(task, of.size());
            }
        });
        // By partitions: MM2 deals them evenly, and a task with half of them has about half of the bytes.
        double all = brokers.keySet().stream()
                .mapToInt(task -> tasks.get(task).size())
                .sum();
        Map<Integer, Double> quotas = new TreeMap<>();
        brokers.forEach((task, number) ->
                quotas.put(task, bytesPerSecond * tasks.get(task).size() / all / number));
        return new Shares(quotas);
    }
}
