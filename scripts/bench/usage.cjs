// Preloaded into a measured process: writes its resource usage to file descriptor 3 when it exits.
process.on('exit', () => {
  const { userCPUTime, systemCPUTime, maxRSS } = process.resourceUsage();
  require('node:fs').writeSync(
    3,
    JSON.stringify({ cpuMilliseconds: (userCPUTime + systemCPUTime) / 1000, maxRssKilobytes: maxRSS }),
  );
});
