@echo off
rem Starts collapse4j from an unpacked archive. Whatever changes here changes in the launcher for other systems, too.
rem
rem   JAVA_HOME  the JDK to use; otherwise the java on the PATH
rem   JAVA_OPTS  more options for the JVM, such as -Xmx8g
setlocal
set "LIB=%~dp0lib"
set "JAVA=java"
if defined JAVA_HOME set "JAVA=%JAVA_HOME%\bin\java.exe"
if defined JAVA_HOME if not exist "%JAVA%" (
    echo collapse4j: JAVA_HOME is "%JAVA_HOME%", which has no bin\java.exe 1>&2
    exit /b 1
)
rem Java 16 introduced the option; asking for the number of the version takes a for loop that paths with spaces break.
"%JAVA%" --enable-native-access=ALL-UNNAMED -version >nul 2>&1
if errorlevel 1 (
    echo collapse4j: needs Java 17 or newer: set JAVA_HOME or put java on the PATH 1>&2
    exit /b 1
)
if not defined OMP_WAIT_POLICY set "OMP_WAIT_POLICY=passive"
if not defined TORCH_CPP_LOG_LEVEL set "TORCH_CPP_LOG_LEVEL=ERROR"

rem The program prints UTF-8; the code page of the console is restored at the end.
for /f "tokens=2 delims=:." %%p in ('chcp') do set "PAGE=%%p"
chcp 65001 >nul
if "%~1"=="spark" goto spark

set "COLLECTOR=-XX:+UseSerialGC -XX:+UseCountedLoopSafepoints -XX:LoopStripMiningIter=1000"
if defined JAVA_OPTS echo "%JAVA_OPTS%" | findstr /r /c:"-XX:+Use[A-Za-z0-9]*GC" >nul && set "COLLECTOR=-Xshare:auto"
set "COMPILER=-XX:+TieredCompilation"
if "%~1"=="verify" set "COMPILER=-XX:TieredStopAtLevel=1"
set "HEAP=-Xms48m"
if defined JAVA_OPTS set "HEAP="
set "FLAGS=-XX:+IgnoreUnrecognizedVMOptions %COLLECTOR% %HEAP% %COMPILER% -Dsun.misc.unsafe.memory.access=allow --enable-native-access=ALL-UNNAMED"
"%JAVA%" %FLAGS% "-Donnxruntime.native.path=%LIB%\onnxruntime\ai\onnxruntime\native\${onnxruntime.platform}" %JAVA_OPTS% -cp "%LIB%\collapse4j.jar;%LIB%\collapse4j-onnx.jar;%LIB%\onnxruntime" io.github.collapse4j.cli.Main %*
goto end

:spark
if not exist "%LIB%\collapse4j-spark.jar" (
    echo collapse4j: Spark is in an archive of its own, collapse4j-*-spark.zip: unpack it over this folder 1>&2
    call :fail
    goto end
)
rem Java 24 refuses this option, for the reason for which Spark 4.0 does not run on it.
"%JAVA%" -Djava.security.manager=allow -version >nul 2>&1
if errorlevel 1 (
    echo collapse4j: Spark 4.0 runs on Java 17 and 21, but this is a newer one: set JAVA_HOME 1>&2
    call :fail
    goto end
)
rem The words after "spark"; their quotes stay as they are.
set "WORDS=%*"
call set "WORDS=%%WORDS:*spark=%%"
if not defined SPARK_LOCAL_IP set "SPARK_LOCAL_IP=127.0.0.1"
set "FLAGS=-XX:+IgnoreUnrecognizedVMOptions -Djdk.reflect.useDirectMethodHandle=false"
for %%p in (java.lang java.lang.invoke java.lang.reflect java.io java.net java.nio java.util java.util.concurrent java.util.concurrent.atomic jdk.internal.ref sun.nio.ch sun.nio.cs sun.security.action sun.util.calendar) do call set "FLAGS=%%FLAGS%% --add-opens=java.base/%%p=ALL-UNNAMED"
"%JAVA%" %FLAGS% -Dlog4j2.configurationFile=collapse4j-log4j2.properties -Dspark.master=local[*] -Dspark.driver.host=127.0.0.1 -Dspark.driver.bindAddress=127.0.0.1 -Dspark.ui.enabled=false -Dspark.ui.showConsoleProgress=false %JAVA_OPTS% -cp "%LIB%\collapse4j-spark.jar;%LIB%\spark\*" io.github.collapse4j.spark.app.SparkMain %WORDS%

:end
set "CODE=%errorlevel%"
chcp %PAGE% >nul
exit /b %CODE%

:fail
exit /b 1
