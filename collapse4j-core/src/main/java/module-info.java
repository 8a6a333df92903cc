/**
 * The mathematics: unconstrained feature models, certificates, landscapes, optimisers, statistics and metrics.
 *
 * <p>Public types that no other module names are named here, as API or as internal; a test compares.
 */
@SuppressWarnings({
    "module", // modules named in exports are compiled later
    "requires-automatic" // EJML has no descriptor
})
module io.github.collapse4j.core {
    requires ejml.core;
    requires ejml.ddense;
    requires org.bytedeco.openblas;
    requires static transitive org.jspecify;

    // API that no other module names: DualBound, Escape, LowerBound, OpenLandscape, ProvedBound, RankDeficientSaddle,
    // SquaredErrorBound.
    exports io.github.collapse4j.certificate;

    // API that no other module names: CosineBound, CosinePoint, FewDimensions.
    exports io.github.collapse4j.cosine;

    // API that no other module names: DenseHessian, Spectrum, SymmetryOrbit.
    exports io.github.collapse4j.curvature;
    exports io.github.collapse4j.data;

    // API that no other module names: ImpliedPenalty.
    exports io.github.collapse4j.lastlayer;

    // API that no other module names: Lanczos, SpectralNorm, Svd, SymmetricEigen, SymmetricOperator.
    // Internal, for other packages of this module alone: BinaryScale, ColumnBlocks, DoubleInterval, FixedFactor,
    // HeadFactor, ProvedNorm, ScatterSum, SeededRandom, SingleFactor, UnitRoundOff.
    exports io.github.collapse4j.linalg;

    // API that no other module names: PassPlan, SampleMap.
    exports io.github.collapse4j.measure;

    // API that no other module names: BetweenScatter, BiasRelation, CosineSpread, DualityDistance, Estimate,
    // EtfDistance, FrameDistance, NormVariation,
    // OodOrthogonality, PairMetrics, PairOptions, QuotientVariability, TraceVariability, UniformDuality.
    exports io.github.collapse4j.metrics;

    // API that no other module names: Column, MultiStart, RandomStarts, SigmoidLoss, SoftmaxLoss, SquaredError,
    // SquaredLoss, UfmObjective.
    exports io.github.collapse4j.model;

    // API that no other module names: Adam, Backtracking, EuclideanProblem, EuclideanTrustRegion, GradientDescent,
    // HeavyBall,
    // IterationListener, Lbfgs, Limits, Nesterov, Optimizer, OptimizerResult, PerturbedGradientDescent, SmoothFunction,
    // StepRule, StepSize,
    // Termination,
    // TrustRegionNewton, TrustRegionProblem.
    exports io.github.collapse4j.optim;

    // API that no other module names: NonnegativeAssessment.
    // Internal, for other packages of this module alone: NonnegativeFeatures.
    exports io.github.collapse4j.nonnegative;

    // API that no other module names: NotProvedException.
    // Internal, for other packages of this module alone: Derivatives, Lipschitz.
    exports io.github.collapse4j.proof;

    // API that no other module names: GroupGram, Optimum, SingularValues, TwinBracketing, TwinPoint.
    exports io.github.collapse4j.solve;

    // API that no other module names: Accumulator, AccumulatorKind, DecisionAccumulator, DecisionRules,
    // DeviationAccumulator,
    // Deviations, StateFormatException, WithinFrame, WithinScatter.
    // Internal, for other packages of this module alone: BatchChecks, DoubledSums, Fingerprint, State, StateReader,
    // StateWriter.
    exports io.github.collapse4j.stats;

    // What commands run. API that no other module names: HuntListener.
    exports io.github.collapse4j.hunt to
            io.github.collapse4j.cli,
            io.github.collapse4j.io,
            io.github.collapse4j.spark;

    // What commands run.
    exports io.github.collapse4j.plan to
            io.github.collapse4j.cli;
    exports io.github.collapse4j.prover to
            io.github.collapse4j.cli;

    // What a command runs. API that no other module names: AtlasListener, Discovery.
    exports io.github.collapse4j.landscape to
            io.github.collapse4j.cli;
}
