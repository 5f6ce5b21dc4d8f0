// What LumeWeb/ncmec uses and its repository (5fa8fd5) does not hold: without it the package does not compile.
package ncmec

import (
	"crypto/md5"
	"encoding/hex"
	"io"
	"os"
)

type FileHasher struct{}

func NewFileHasher() *FileHasher { return &FileHasher{} }

func HashFromBytes(sum []byte) string { return hex.EncodeToString(sum) }

func (*FileHasher) HashReader(reader io.Reader) (string, error) {
	hash := md5.New()
	_, err := io.Copy(hash, reader)
	return hex.EncodeToString(hash.Sum(nil)), err
}

func (hasher *FileHasher) HashFile(path string) (string, error) {
	file, err := os.Open(path)
	if err != nil {
		return "", err
	}
	defer file.Close()
	return hasher.HashReader(file)
}
