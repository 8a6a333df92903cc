package io.github.collapse4j.landscape;

import io.github.collapse4j.model.ClassCounts;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;

/** Partitions of the classes into blocks, one of each kind up to permutations of classes with equal counts. */
final class BlockPartitions {
    /** Up to this many classes, all partitions are enumerated; beyond, they are drawn at random. */
    private static final int ENUMERATED_CLASSES = 10;

    private static final int RANDOM_ATTEMPTS = 40;

    private BlockPartitions() {}

    /** At most {@code limit} partitions into {@code blocks} blocks; the seed matters only if there are more. */
    static List<List<List<Integer>>> of(ClassCounts counts, int blocks, int limit, long seed) {
        if (blocks < 1 || blocks > counts.classes() || limit == 0) {
            return List.of();
        }
        Map<String, List<List<Integer>>> kinds = new LinkedHashMap<>();
        Random random = new Random(seed);
        if (counts.classes() <= ENUMERATED_CLASSES) {
            enumerate(counts, new int[counts.classes()], 0, 0, blocks, kinds);
        } else {
            for (int attempt = 0; attempt < RANDOM_ATTEMPTS * limit && kinds.size() < limit; attempt++) {
                int[] blockOf = new int[counts.classes()];
                for (int k = 0; k < blockOf.length; k++) {
                    blockOf[k] = random.nextInt(blocks);
                }
                add(counts, blockOf, blocks, kinds);
            }
        }
        List<List<List<Integer>>> all = new ArrayList<>(kinds.values());
        if (all.size() > limit) {
            Collections.shuffle(all, random);
            all = all.subList(0, limit);
        }
        return List.copyOf(all);
    }

    private static void enumerate(
            ClassCounts counts, int[] blockOf, int k, int used, int blocks, Map<String, List<List<Integer>>> kinds) {
        if (k == blockOf.length) {
            add(counts, blockOf, blocks, kinds);
            return;
        }
        if (blocks - used > blockOf.length - k) {
            return;
        }
        for (int block = 0; block <= Math.min(used, blocks - 1); block++) {
            blockOf[k] = block;
            enumerate(counts, blockOf, k + 1, Math.max(used, block + 1), blocks, kinds);
        }
    }

    private static void add(ClassCounts counts, int[] blockOf, int blocks, Map<String, List<List<Integer>>> kinds) {
        List<List<Integer>> partition = new ArrayList<>();
        for (int block = 0; block < blocks; block++) {
            List<Integer> members = new ArrayList<>();
            for (int k = 0; k < blockOf.length; k++) {
                if (blockOf[k] == block) {
                    members.add(k);
                }
            }
            if (members.isEmpty()) {
                return;
            }
            partition.add(List.copyOf(members));
        }
        String kind = partition.stream()
                .map(block ->
                        block.stream().map(counts::count).sorted().toList().toString())
                .sorted()
                .collect(Collectors.joining());
        kinds.putIfAbsent(kind, List.copyOf(partition));
    }
}
