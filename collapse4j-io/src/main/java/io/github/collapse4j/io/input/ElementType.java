package io.github.collapse4j.io.input;

import java.nio.ByteBuffer;

/** The type of the elements of a model's input. */
public enum ElementType {
    FLOAT32("float32", Float.BYTES, false) {
        @Override
        void put(double value, ByteBuffer target) {
            target.putFloat((float) value);
        }

        @Override
        void putAll(double[] values, ByteBuffer target) { // the usual case, several times faster in bulk
            float[] floats = new float[values.length];
            for (int i = 0; i < floats.length; i++) {
                floats[i] = (float) values[i];
            }
            target.asFloatBuffer().put(floats);
            target.position(target.position() + floats.length * Float.BYTES);
        }
    },
    FLOAT64("float64", Double.BYTES, false) {
        @Override
        void put(double value, ByteBuffer target) {
            target.putDouble(value);
        }
    },
    FLOAT16("float16", Short.BYTES, false) {
        @Override
        void put(double value, ByteBuffer target) {
            target.putShort(HalfFloat.bits((float) value));
        }
    },
    UINT8("uint8", Byte.BYTES, true) {
        @Override
        void put(double value, ByteBuffer target) {
            target.put((byte) (int) value);
        }

        @Override
        boolean holds(double value) {
            return value == Math.rint(value) && value >= 0 && value <= 255;
        }
    },
    INT8("int8", Byte.BYTES, true) {
        @Override
        void put(double value, ByteBuffer target) {
            target.put((byte) value);
        }

        @Override
        boolean holds(double value) {
            return value == (byte) value;
        }
    },
    INT32("int32", Integer.BYTES, true) {
        @Override
        void put(double value, ByteBuffer target) {
            target.putInt((int) value);
        }

        @Override
        boolean holds(double value) {
            return value == (int) value;
        }
    },
    INT64("int64", Long.BYTES, true) {
        @Override
        void put(double value, ByteBuffer target) {
            target.putLong((long) value);
        }

        @Override
        boolean holds(double value) {
            return value == Math.rint(value) && Math.abs(value) <= 1L << 53;
        }
    };

    private final String title;
    private final int bytes;
    private final boolean integral;

    ElementType(String title, int bytes, boolean integral) {
        this.title = title;
        this.bytes = bytes;
        this.integral = integral;
    }

    /** NumPy's name of it. */
    public String title() {
        return title;
    }

    /** Bytes per element. */
    public int bytes() {
        return bytes;
    }

    /** Whether it holds only whole numbers. */
    public boolean isIntegral() {
        return integral;
    }

    /** Appends a value to a buffer in native order; one that {@link #holds} accepts. */
    abstract void put(double value, ByteBuffer target);

    /** Appends all values. */
    void putAll(double[] values, ByteBuffer target) {
        for (double value : values) {
            put(value, target);
        }
    }

    /** Whether it represents a value: whole numbers exactly, floats rounded to nearest. */
    boolean holds(double value) {
        return true;
    }
}
