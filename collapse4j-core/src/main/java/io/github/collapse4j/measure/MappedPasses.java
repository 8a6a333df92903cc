package io.github.collapse4j.measure;

/** Samples that are mapped where they are summed. */
record MappedPasses(SamplePasses samples, SampleMap map) implements SamplePasses {
    /** Maximum batch size in entries before the map, unless the batch has very few samples. */
    private static final int MAX_ENTRIES = 1 << 20;

    private static final int MIN_SAMPLES = 128;

    @Override
    public int featureDimension() {
        return map.featureDimension();
    }

    @Override
    public int classes() {
        return map.classes();
    }

    @Override
    public boolean isRereadable() {
        return samples.isRereadable();
    }

    @Override
    public PassSums run(PassRequest request, int pass, int passes) {
        int largestBatch = Math.max(MIN_SAMPLES, MAX_ENTRIES / Math.max(1, samples.featureDimension()));
        return samples.run(new Mapped(request, map, largestBatch), pass, passes);
    }

    /** A request for sums over mapped samples. */
    record Mapped(PassRequest request, SampleMap map, int largestBatch) implements PassRequest {
        @Override
        public Prepared prepare() {
            return request.prepare().over(map, largestBatch);
        }

        @Override
        public String description() {
            return request.description();
        }
    }
}
