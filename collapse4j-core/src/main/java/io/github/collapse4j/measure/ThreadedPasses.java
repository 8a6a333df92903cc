package io.github.collapse4j.measure;

import io.github.collapse4j.data.SampleSource;
import java.util.List;
import java.util.OptionalLong;
import java.util.function.Consumer;

/** Sums a source on several threads of this process. */
record ThreadedPasses(SampleSource source, int threads, MeasureListener listener) implements SamplePasses {
    @Override
    public int featureDimension() {
        return source.featureDimension();
    }

    @Override
    public int classes() {
        return source.classes();
    }

    @Override
    public boolean isRereadable() {
        return source.isRereadable();
    }

    @Override
    public PassSums run(PassRequest request, int pass, int passes) {
        OptionalLong total = source.samples();
        Consumer<Integer> progress = new Consumer<>() {
            private long done;

            @Override
            public synchronized void accept(Integer samples) {
                done += samples;
                listener.onSamples(pass, passes, done, total);
            }
        };
        PassRequest.Prepared prepared = request.prepare();
        List<PassSums> parts = new SamplePass(source, threads, progress).run(prepared);
        PassSums sum = parts.get(0);
        parts.stream().skip(1).forEach(sum::merge);
        return sum;
    }
}
