# The command line in a container, from the archive that `mvn -Pdist package` has made:
#
#   docker build --build-arg VERSION=1.0.0 -t collapse4j .
#   docker run --rm -v "$PWD:/work" collapse4j certify run.npz
#
# A JDK, not a JRE: runtimes without the module jdk.random cannot draw random starts.
FROM eclipse-temurin:21-jdk
ARG VERSION
ARG PLATFORM=linux-x86_64
ADD collapse4j-dist/target/collapse4j-${VERSION}-${PLATFORM}.tar.gz /opt/
RUN ln -s /opt/collapse4j-${VERSION}/collapse4j /usr/local/bin/collapse4j
WORKDIR /work
ENTRYPOINT ["collapse4j"]
