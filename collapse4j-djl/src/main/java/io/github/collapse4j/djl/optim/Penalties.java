package io.github.collapse4j.djl.optim;

import ai.djl.nn.Block;
import ai.djl.nn.Parameter;
import io.github.collapse4j.djl.FeatureTap;
import io.github.collapse4j.djl.LinearHead;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The penalty {@code λ/2·‖θ‖²} that each parameter θ adds to the objective, and thus {@code λθ} to its gradient ("L2",
 * which for Adam differs from the decoupled decay of AdamW: that has no objective). Running statistics have none.
 */
public final class Penalties {
    private final Map<String, Double> byId;
    private final Map<String, String> names;

    private Penalties(Map<String, Double> byId, Map<String, String> names) {
        this.byId = byId;
        this.names = names;
    }

    /** The same penalty on all parameters, usually called weight decay. */
    public static Penalties uniform(Block network, double lambda) {
        Map<String, Double> byId = new HashMap<>();
        network.getParameters().values().forEach(parameter -> byId.put(parameter.getId(), lambda));
        return new Penalties(byId, names(network));
    }

    /**
     * The penalties of the unconstrained feature model: λ_W for the head's weights, λ_b for its bias, and another λ for
     * the body. λ_H is not on a parameter but belongs to {@link io.github.collapse4j.djl.UfmLoss}.
     */
    public static Penalties explicit(FeatureTap network, double lambdaW, double lambdaB, double ofBody) {
        Map<String, Double> byId = new HashMap<>();
        network.body().getParameters().values().forEach(parameter -> byId.put(parameter.getId(), ofBody));
        LinearHead head = LinearHead.of(network.head());
        byId.put(head.weight().getId(), lambdaW);
        Parameter bias = head.bias();
        if (bias != null) {
            byId.put(bias.getId(), lambdaB);
        }
        return new Penalties(byId, names(network));
    }

    private static Map<String, String> names(Block network) {
        Map<String, String> names = new HashMap<>();
        network.getParameters().forEach(pair -> names.put(pair.getValue().getId(), pair.getKey()));
        return names;
    }

    /** λ of a parameter. */
    float of(String parameterId) {
        return (float) known(byId.get(parameterId), parameterId).doubleValue();
    }

    /** The name of a parameter in its network, which unlike its id is the same in every run. */
    String name(String parameterId) {
        return known(names.get(parameterId), parameterId);
    }

    private static <T> T known(@Nullable T found, String parameterId) {
        if (found == null) {
            throw new IllegalArgumentException("parameter " + parameterId + ": not one of this network");
        }
        return found;
    }
}
