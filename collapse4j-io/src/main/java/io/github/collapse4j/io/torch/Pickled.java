package io.github.collapse4j.io.torch;

import io.github.collapse4j.io.array.DType;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A value that a pickle describes. */
sealed interface Pickled {
    /** Its kind, for messages. */
    String kind();

    /** An integer. */
    record Whole(BigInteger value) implements Pickled {
        @Override
        public String kind() {
            return "an integer";
        }

        static Whole of(long value) {
            return new Whole(BigInteger.valueOf(value));
        }
    }

    /** A string. */
    record Text(String value) implements Pickled {
        @Override
        public String kind() {
            return "a string";
        }
    }

    /** A list, tuple or set. */
    record Items(List<Pickled> items) implements Pickled {
        @Override
        public String kind() {
            return "a list";
        }

        static Items empty() {
            return new Items(new ArrayList<>());
        }

        // a list may contain itself
        @Override
        public boolean equals(Object other) {
            return this == other;
        }

        @Override
        public int hashCode() {
            return System.identityHashCode(this);
        }
    }

    /** Keys and values in the order in which they were added. */
    record Pairs(List<Pickled> keys, List<Pickled> values) implements Pickled {
        @Override
        public String kind() {
            return "a dictionary";
        }

        static Pairs empty() {
            return new Pairs(new ArrayList<>(), new ArrayList<>());
        }

        void put(Pickled key, Pickled value) {
            keys.add(key);
            values.add(value);
        }

        /** The last value of a key that is a string. */
        Optional<Pickled> get(String key) {
            int at = keys.lastIndexOf(new Text(key));
            return at < 0 ? Optional.empty() : Optional.of(values.get(at));
        }

        @Override
        public boolean equals(Object other) {
            return this == other;
        }

        @Override
        public int hashCode() {
            return System.identityHashCode(this);
        }
    }

    /** True or false. */
    record Truth(boolean value) implements Pickled {
        @Override
        public String kind() {
            return "a truth value";
        }
    }

    /** A class or function that was named, not loaded. */
    record Name(String name) implements Pickled {
        @Override
        public String kind() {
            return name;
        }
    }

    /** A value of no interest here, such as a float, none, or an object of NumPy. */
    record Other(String what) implements Pickled {
        @Override
        public String kind() {
            return what;
        }
    }

    /**
     * The bytes of one or more tensors.
     *
     * @param type of its elements; empty if it is not supported or left to the tensors
     * @param typeName its name
     * @param key its name in the file
     * @param first index of its first element in the storage of that name
     */
    record Storage(Optional<DType> type, String typeName, String key, long first) implements Pickled {
        @Override
        public String kind() {
            return "a storage";
        }
    }

    /**
     * A view of a storage.
     *
     * @param offset index of the first element in the storage
     * @param shape the length of each dimension
     * @param strides the distance of neighbours along each dimension, in elements
     */
    record Tensor(Optional<DType> type, String typeName, String key, long offset, List<Long> shape, List<Long> strides)
            implements Pickled {
        @Override
        public String kind() {
            return "a tensor";
        }
    }
}
