/** Wall time of an act. */
export const seconds = async (act) => {
  const start = performance.now();
  await act();
  return (performance.now() - start) / 1000;
};
