package io.github.collapse4j.onnx;

import ai.onnxruntime.*;
import io.github.collapse4j.io.extract.ModelFormat;
import io.github.collapse4j.io.extract.TrainedModel;
import io.github.collapse4j.linalg.Matrix;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.*;

/** ONNX models. */
public final class OnnxFormat implements ModelFormat {
    @Override
    public boolean reads(String name) {
        return name.endsWith(".onnx");
    }

    @Override
    public TrainedModel open(Path file) throws IOException {
        byte[] bytes = Files.readAllBytes(file);
        String f, l, w, b; boolean t;
        if (file.toString().contains("cntk")) { f = "Pooling160_Output_0_reshape0"; l = "Plus214_Output_0"; w = "Parameter193_reshape1"; b = "Parameter194"; t = true; }
        else { f = "24"; l = "25"; w = "head.fc3.weight"; b = "head.fc3.bias"; t = false; }
        Head head;
        try {
            OrtEnvironment env = OrtEnvironment.getEnvironment();
            OrtSession s = env.createSession(append(bytes, List.of(f, l, w, b)), new OrtSession.SessionOptions());
            System.err.println(s.getOutputNames() + " " + s.getInputInfo());
            var in = s.getInputInfo().entrySet().iterator().next();
            long[] shape = ((TensorInfo) in.getValue().getInfo()).getShape();
            long n = 1; for (long x : shape) n *= x;
            var r = s.run(Map.of(in.getKey(), OnnxTensor.createTensor(env, java.nio.FloatBuffer.wrap(new float[(int) n]), shape)), Set.of(w, b));
            OnnxTensor wt = (OnnxTensor) r.get(w).get(); OnnxTensor bt = (OnnxTensor) r.get(b).get();
            long[] sh = wt.getInfo().getShape();
            float[] wf = wt.getFloatBuffer().array(); float[] bf = bt.getFloatBuffer().array();
            double[] wd = new double[wf.length]; for (int i = 0; i < wd.length; i++) wd[i] = wf[i];
            double[] bd = new double[bf.length]; for (int i = 0; i < bd.length; i++) bd[i] = bf[i];
            Matrix W = Matrix.wrap((int) sh[1], (int) sh[0], wd); // columns = rows of file
            head = new Head(f, l, t ? W : W.transpose(), Optional.of(bd), w + ", " + b);
        } catch (OrtException e) { throw new IOException(e); }
        return OnnxModel.open(file, append(bytes, List.of(head.features(), head.logits())), head, Integer.toHexString(Arrays.hashCode(bytes)));
    }

    static byte[] append(byte[] m, List<String> names) {
        java.io.ByteArrayOutputStream o = new java.io.ByteArrayOutputStream();
        o.writeBytes(m);
        for (String n : names) {
            byte[] x = n.getBytes(java.nio.charset.StandardCharsets.UTF_8);
            o.write(0x3a); o.write(x.length + 4); o.write(0x62); o.write(x.length + 2); o.write(0x0a); o.write(x.length); o.writeBytes(x);
        }
        return o.toByteArray();
    }
}
