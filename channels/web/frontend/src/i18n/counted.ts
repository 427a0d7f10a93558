/** Lithuanian nouns after a number: 1 diena, 2 dienos, 10 dienų, 21 diena. */

export function counted(count: number, one: string, few: string, many: string): string {
  const tens = count % 100;
  const units = count % 10;
  if (units === 0 || (tens > 10 && tens < 20)) return `${count} ${many}`;
  return `${count} ${units === 1 ? one : few}`;
}
