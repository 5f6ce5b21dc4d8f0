import { useEffect, useState } from 'react';

/** This page's clock in milliseconds, told again every second while it is `running`. */
export const useSeconds = (clock: 'running' | 'stopped'): number => {
  const [now, setNow] = useState(Date.now);
  useEffect(() => {
    if (clock === 'stopped') return;
    setNow(Date.now());
    const timer = setInterval(() => setNow(Date.now()), 1000);
    return () => clearInterval(timer);
  }, [clock]);
  return now;
};
