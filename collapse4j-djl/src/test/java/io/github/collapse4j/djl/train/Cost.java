package io.github.collapse4j.djl.train;
import io.github.collapse4j.djl.data.*; import io.github.collapse4j.djl.network.*; import io.github.collapse4j.djl.optim.*; import io.github.collapse4j.djl.*;
import io.github.collapse4j.io.image.*; import java.util.*; import java.nio.file.*; import ai.djl.*; import ai.djl.ndarray.*; import ai.djl.ndarray.types.*;
class Cost { public static void main(String[] a) throws Exception {
  ImageSplits im = ImageFolder.read(Path.of("/work/shared/data"),1);
  LabelledImages all=LabelledImages.join(List.of(im.train(),im.test()));
  PixelScale sc=PixelScale.of(all);
  for (int d : new int[]{10,64,512}) {
   FeatureTap net=Networks.build(Bodies.valueOf(a[0]),d,28,new Networks.Head(Networks.HeadKind.learned,false,1),10,1);
   try (Model m=Model.newInstance("x",Device.cpu(),"PyTorch")) { m.setBlock(net); net.initialize(m.getNDManager(),DataType.FLOAT32,new Shape(1,1,28,28));
    for (int bs : new int[]{500,2000}) for (int r=0;r<6;r++) { long t0=System.nanoTime();
     ProbedLayer l=ProbedLayer.of(net,ImageBatches.inOrder(all,sc,bs),m.getNDManager()); long t1=System.nanoTime();
     CollapseMeter cm=new CollapseMeter(CollapseMeter.Options.of(UfmLoss.Kind.CROSS_ENTROPY,5e-3,5e-7,0,10000));
     cm.measurement(l); long t2=System.nanoTime(); cm.certify(l); long t3=System.nanoTime();
     System.out.printf("d %d bs %d probe %.1f ms, measure %.1f, certify %.1f%n",d,bs,(t1-t0)/1e6,(t2-t1)/1e6,(t3-t2)/1e6); } } } } }
