/** What is said of files in the console. */
export const files = {
  locale: 'lt-LT',
  attach: 'Pridėti failą',
  attached: 'Pridedami failai',
  list: 'Failai',
  last: 'atsiųstas failas',
  dropHere: 'Paleiskite failus čia',
  tryAgain: 'Bandyti dar kartą',
  removeFile: (name: string): string => `Pašalinti failą „${name}“`,
  sendingFile: (name: string): string => `Siunčiamas failas „${name}“`,
  fileTooLarge: (name: string): string =>
    `Failas „${name}“ per didelis – daugiausia 10 MB. Sumažinkite jį arba siųskite dalimis.`,
  fileEmpty: (name: string): string => `Failas „${name}“ tuščias. Pasirinkite kitą.`,
  filesTooMany: 'Vienoje žinutėje gali būti daugiausia 5 failai. Likusius siųskite kita žinute.',
  fileFailed: 'Failo išsiųsti nepavyko. Patikrinkite ryšį ir bandykite dar kartą.',
  fileExpired: 'Sesija baigėsi. Prisijunkite iš naujo ir pridėkite failą dar kartą.',
  onTheirWay: 'Palaukite, kol failai bus išsiųsti.',
  broken: 'Pašalinkite failus, kurių išsiųsti nepavyko, arba bandykite juos siųsti dar kartą.',
};
