package io.github.collapse4j.optim;

/** Gradient descent by a constant step, for a single run. */
final class ConstantStep implements Descent.Method {
    private final StepSize size;
    private double step;

    ConstantStep(StepSize size) {
        this.size = size;
    }

    @Override
    public void begin(SmoothFunction function, Iterate start) {
        step = size.of(function);
    }

    @Override
    public boolean advance(SmoothFunction function, Iterate from, Iterate to) {
        boolean moved = to.moveFrom(from, -step, from.gradient);
        to.evaluate(function);
        return moved;
    }
}
