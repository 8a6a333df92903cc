package io.github.collapse4j.djl.train;
import io.github.collapse4j.djl.data.*; import io.github.collapse4j.djl.network.*; import io.github.collapse4j.djl.optim.*; import io.github.collapse4j.djl.*;
import io.github.collapse4j.io.image.*; import java.util.*; import java.nio.file.*;
class Smoke { public static void main(String[] a) throws Exception {
  ImageSplits im = a[0].equals("digits") ? BundledDigits.balanced(1) : ImageFolder.read(Path.of(a[0]),1);
  System.out.println(im.train().count()+" "+im.test().count());
  long n=im.train().count(); double lw=Double.parseDouble(a[1]);
  Recipe r = Recipe.defaults(n).withEpochs(Integer.parseInt(a[2]),128).withBody(Bodies.valueOf(a[3])).withRegularization(new Regularization.Explicit(lw,lw/n,0,Double.parseDouble(a[6])));
  r = r.withSteps(a[5].startsWith("adam")? new Recipe.Steps.Adam(): new Recipe.Steps.Sgd(.9), new LearningRate.Cosine(Double.parseDouble(a[7])));
  if (a[8].equals("mse")) r=r.withLoss(UfmLoss.Kind.SQUARED_ERROR);
  for (String h : a[4].split(",")) { String[] p=h.split(":");
   Recipe q=r.withHead(Integer.parseInt(p[1]), Networks.HeadKind.valueOf(p[0]), false);
   System.out.println(q);
   Outcome o = new TrainingRun(q, im, new TrainingObserver(){ int e; long t=System.nanoTime(); public void onEpoch(EpochRecord x){ if (e++ % Math.max(1,q.epochs()/10)==0 || e==q.epochs()) System.out.printf("%.2fs %s loss %.5f test %.4f%n",(System.nanoTime()-t)/1e9,x.state(),x.trainingLoss(),x.testAccuracy()); } }, Optional.empty()).run();
   if (o instanceof Outcome.Trained t) System.out.println(t.state()+" test "+t.testAccuracy()+" "+t.costs()+" "+t.certificate().verdict().name()); else System.out.println(o);
  } } }
